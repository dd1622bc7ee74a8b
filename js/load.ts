import { refused, startWith } from "./engine.js";
import { failure } from "./error.js";

/**
 * Where the WebAssembly module is: a URL, a `Response`, its bytes, or a `WebAssembly.Module`.
 *
 * Its parts need no declarations of the DOM: `object` stands for the last two classes.
 */
export type ModuleSource = string | ArrayBuffer | ArrayBufferView | object;

/** Stands in the module too, so that one of another version is noticed. */
declare const BUILD: string;

/** What differs between environments: the module that belongs to this file, and how a URL is got. */
interface Place {
  readonly own: () => ModuleSource | PromiseLike<ModuleSource>;
  readonly get?: (url: string) => ModuleSource | PromiseLike<ModuleSource>;
}

let place: Place;
let loading: Promise<void> | undefined;

/** Says where the module is: an entry does, once, as it is imported. */
export function loadFrom(here: Place): void {
  place = here;
  startWith(() => {
    throw failure("not_loaded", "", "the engine is not loaded yet: await load() before the first call");
  });
}

/**
 * Loads the engine. Once it is loaded, everything else is synchronous, and calling this again does nothing; after a failure it
 * may be called again.
 * @param source Without one, the `estimator.wasm` that comes with this file.
 * @throws {CreditEstimatorError} `load_failed` where the module cannot be got or is something else, `wasm_refused`
 *   where it may not be compiled, `wrong_type` where the source is none.
 */
export function load(source?: ModuleSource | PromiseLike<ModuleSource>): Promise<void> {
  loading ??= compile(source).then(
    (module) => startWith(() => module),
    (thrown) => {
      loading = undefined;
      throw thrown;
    },
  );
  return loading;
}

async function compile(given: ModuleSource | PromiseLike<ModuleSource> | undefined): Promise<WebAssembly.Module> {
  const source = await got(given);
  const module = source instanceof WebAssembly.Module ? source : await compiled(source);
  const [build] = WebAssembly.Module.customSections(module, "build");
  if (build === undefined || new TextDecoder().decode(build) !== BUILD) {
    throw unloadable("this one is of another version than the script");
  }
  return module;
}

async function compiled(source: unknown): Promise<WebAssembly.Module> {
  const bytes = bytesOf(source);
  // servers send their home page for a file they do not have
  if (bytes[0] !== 0 || bytes[1] !== 0x61) throw unloadable("this is no WebAssembly");
  return WebAssembly.compile(bytes).catch((cause) => {
    throw refused(cause);
  });
}

function bytesOf(source: unknown): Uint8Array<ArrayBuffer> {
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength);
  }
  if (Object.prototype.toString.call(source) === "[object ArrayBuffer]") return new Uint8Array(source as ArrayBuffer);
  throw failure("wrong_type", "source", "a URL, a response, bytes or a WebAssembly.Module is needed");
}

/** The source, and where it names or answers a request, what came of that. */
async function got(given: ModuleSource | PromiseLike<ModuleSource> | undefined): Promise<unknown> {
  try {
    let source = await (given === undefined ? place.own() : given);
    if (typeof source === "string" || source instanceof URL) source = await (place.get ?? fetch)(String(source));
    if (!(source instanceof Response)) return source;
    if (!source.ok) throw new Error(`${source.url} answers ${source.status}`);
    return await source.arrayBuffer();
  } catch (cause) {
    throw unloadable(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

const unloadable = (reason: string, options?: { cause: unknown }) =>
  failure("load_failed", "", `estimator.wasm is needed: ${reason}`, options);
