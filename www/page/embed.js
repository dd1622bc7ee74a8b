export const embed = () => undefined;
