export const table = () => undefined;
