export const figures = () => undefined;
