export const balance = () => undefined;
