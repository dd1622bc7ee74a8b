// What a WebAssembly module is made of.

const CODE = 10;
const DATA = 11;

/** Reads one thing after another. */
export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number() {
    let number = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++];
      number += (byte & 127) * scale;
      if (byte < 128) return number;
    }
  }

  /** A number as it stands there. */
  numeral() {
    const start = this.at;
    this.number();
    return this.bytes.subarray(start, this.at);
  }

  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  part() {
    return this.take(this.number());
  }
}

export function* sections(module) {
  const reader = new Reader(module, 8);
  while (reader.at < module.length) {
    const id = module[reader.at++];
    yield { id, body: reader.part() };
  }
}

/** The bytes of the code, of the data, and of each other section. */
export function sectionsOf(module) {
  const all = [...sections(module)];
  const one = (wanted) => all.find(({ id }) => id === wanted).body;
  return {
    code: one(CODE),
    data: one(DATA),
    others: all.filter(({ id }) => id !== CODE && id !== DATA).map(({ body }) => body),
  };
}

/** The bytes of code in each module of the engine, and in each library, the largest first. */
export function modulesOf(module) {
  const parts = [...sections(module)];
  const name = namesOf(module);
  // imported functions have the first numbers
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(module)).filter(({ kind }) => kind === "function");
  const reader = new Reader(parts.find(({ id }) => id === CODE).body);
  const bytes = {};
  const count = reader.number();
  for (let index = 0; index < count; index++) {
    const owner = ownerOf(name.get(imported.length + index) ?? "?");
    bytes[owner] = (bytes[owner] ?? 0) + reader.part().length;
  }
  const SMALL = 400;
  const large = Object.entries(bytes).filter(([, raw]) => raw >= SMALL);
  const listed = large.reduce((sum, [, raw]) => sum + raw, 0);
  const all = Object.values(bytes).reduce((sum, raw) => sum + raw, 0);
  const largest = large.sort(([, one], [, other]) => other - one);
  return Object.fromEntries([...largest, ["others", all - listed]].map(([owner, raw]) => [owner, { raw }]));
}

/** The names of its functions, where it has them. */
export function namesOf(module) {
  const { body } = [...sections(module)].find(({ id, body }) => id === 0 && String(new Reader(body).part()) === "name");
  const reader = new Reader(body);
  reader.part();
  const names = new Map();
  while (reader.at < body.length) {
    const kind = body[reader.at++];
    const inner = new Reader(reader.part());
    const FUNCTIONS = 1;
    if (kind !== FUNCTIONS) continue;
    for (let left = inner.number(); left > 0; left--) names.set(inner.number(), String(inner.part()));
  }
  return names;
}

/** `card::compile` of a function of the engine; of any other, its library. */
function ownerOf(name) {
  const own = /credit_estimator(?:\[\w+\])?::((?:card::|fast::)?[a-z_0-9]+)/.exec(name);
  if (own) return own[1];
  return /[a-z_]\w*/.exec(name.replace(/\[\w+\]/g, "").replace(/^[<&]*(?:dyn |mut )*/, ""))?.[0] ?? "?";
}
