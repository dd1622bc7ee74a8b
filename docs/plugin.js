// What typedoc leaves out of api.md: chapters, what each member of a union means, and which error is thrown.
import { Comment, CommentTag, Converter } from "typedoc";

/** Where a name is declared decides its chapter. */
const CHAPTERS = [
  [/^(index|card|load)$/, "Pricing"],
  [/^session$/, "An editor's session"],
  [/^error$/, "Errors"],
  [/^document$/, "The card format"],
  [/^(card-types|invideo-v4|rate-card)$/, "What the compiler knows of a card"],
  [/./, "Usages and results"],
];

export function load({ converter }) {
  converter.on(Converter.EVENT_CREATE_DECLARATION, (context, declared) => {
    if (!declared.parent?.isProject()) return;
    const { fileName } = context.getSymbolFromReflection(declared).declarations[0].getSourceFile();
    const [, file] = /([^/\\]+?)\.ts$/.exec(fileName);
    const [, chapter] = CHAPTERS.find(([pattern]) => pattern.test(file));
    declared.comment ??= new Comment();
    declared.comment.blockTags.push(new CommentTag("@category", [text(chapter)]));
  });

  converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const reflection of Object.values(project.reflections)) {
      const { comment, type } = reflection;
      if (type?.type === "union" && type.elementSummaries) comment?.summary.push(text(membersOf(type)));
      for (const tag of comment?.blockTags ?? []) {
        if (tag.tag === "@throws" && tag.typeAnnotation) tag.content.unshift(text(`\`${bare(tag.typeAnnotation)}\`: `));
      }
    }
  });
}

const text = (text) => ({ kind: "text", text });
const bare = (annotation) => annotation.replace(/^\{|\}$/g, "");

function membersOf({ types, elementSummaries }) {
  const said = (i) => elementSummaries[i].map((part) => part.text).join("");
  return `\n${types.map((member, i) => `\n- \`${member}\`: ${said(i)}`).join("")}`;
}
