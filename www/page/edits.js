export const edits = () => undefined;
