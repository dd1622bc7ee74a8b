export const ways = () => undefined;
