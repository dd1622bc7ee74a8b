// What typedoc leaves out of api.md: chapters, what each member of a union means, and which error is thrown.
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Comment, CommentTag, Converter, ReflectionKind } from "typedoc";

const JS = fileURLToPath(new URL("../js", import.meta.url));

/** Where a name is declared decides its chapter. */
const CHAPTERS = [
  [/^element\//, "The element"],
  [/^(index|card|load)$/, "Pricing"],
  [/^session$/, "An editor's session"],
  [/^error$/, "Errors"],
  [/^document$/, "The card format"],
  [/^(card-types|invideo-v4|rate-card)$/, "What the compiler knows of a card"],
  [/./, "Usages and results"],
];

/** What a browser calls or reads of an element, and what it has like any other. */
const OF_THE_BROWSER = /Callback$|^formAssociated$|^observedAttributes$|^addEventListener$/;

export function load({ converter }) {
  converter.on(Converter.EVENT_CREATE_DECLARATION, (context, declared) => {
    if (!declared.parent?.isProject()) return;
    const { fileName } = context.getSymbolFromReflection(declared).declarations[0].getSourceFile();
    const file = relative(JS, fileName).replaceAll("\\", "/").replace(/\.ts$/, "");
    const [, chapter] = CHAPTERS.find(([pattern]) => pattern.test(file));
    declared.comment ??= new Comment();
    declared.comment.blockTags.push(new CommentTag("@category", [text(chapter)]));
  });

  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const reflection of project.getReflectionsByKind(ReflectionKind.ClassMember)) {
      if (OF_THE_BROWSER.test(reflection.name)) project.removeReflection(reflection);
      // what a property is, is said where it is read
      else if (reflection.getSignature && reflection.setSignature)
        reflection.setSignature.comment ??= new Comment([text("Sets it.")]);
    }
  });

  converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const reflection of Object.values(project.reflections)) {
      const { comment, type } = reflection;
      if (type?.type === "union" && type.elementSummaries) comment?.summary.push(text(membersOf(type)));
      if (comment) comment.blockTags = gathered(comment.blockTags);
      for (const tag of comment?.blockTags ?? []) {
        if (tag.tag === "@throws" && tag.typeAnnotation) tag.content.unshift(text(`\`${bare(tag.typeAnnotation)}\`: `));
      }
    }
  });
}

/** What is said of an element in tags of their own, a list for each kind of them. */
const LISTS = {
  "@attr": "@attributes",
  "@fires": "@events",
  "@slot": "@slots",
  "@csspart": "@parts",
  "@cssprop": "@variables",
};

function gathered(tags) {
  const lists = new Map();
  const others = tags.filter(({ tag, typeAnnotation, content }) => {
    const list = LISTS[tag];
    if (list === undefined) return tag !== "@element";
    if (!lists.has(list)) lists.set(list, new CommentTag(list, []));
    const [, name, said] = /^(\S*)\s*-?\s*([\s\S]*)$/.exec(content.map((part) => part.text).join(""));
    const type = typeAnnotation ? ` (\`${bare(typeAnnotation)}\`)` : "";
    lists.get(list).content.push(text(name === "-" ? `- ${said}\n` : `- \`${name}\`${type}: ${said}\n`));
    return false;
  });
  return [...lists.values(), ...others];
}

const text = (text) => ({ kind: "text", text });
const bare = (annotation) => annotation.replace(/^\{|\}$/g, "");

function membersOf({ types, elementSummaries }) {
  const said = (i) => elementSummaries[i].map((part) => part.text).join("");
  return `\n${types.map((member, i) => `\n- \`${member}\`: ${said(i)}`).join("")}`;
}
