export const take = () => undefined;
