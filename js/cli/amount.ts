/** An amount in units of its last decimal, exactly: 10.67 at 2 decimals is 1067. */
export function unitsOf(amount: number, decimals: number): bigint {
  return BigInt(amount.toFixed(decimals).replace(".", ""));
}

/** Units of the last decimal, written with all decimals: 1067 at 2 is `10.67`. */
export function textOf(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const sign = units < 0n ? "-" : "";
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** An amount with all decimals of its balance. */
export const amountText = (amount: number, decimals: number): string => textOf(unitsOf(amount, decimals), decimals);

/** With its sign, unless it is nothing. */
export const differenceText = (units: bigint, decimals: number): string =>
  (units > 0n ? "+" : "") + textOf(units, decimals);

/** Seconds as people write them, and as the engine reads them back: `3:30`, `1:02:03`, `0:05.5`. */
export function clock(seconds: number): string {
  const milliseconds = unitsOf(seconds, 3);
  const two = (value: bigint) => value.toString().padStart(2, "0");
  const rest = milliseconds % 1000n;
  const fraction = rest === 0n ? "" : `.${rest.toString().padStart(3, "0").replace(/0+$/, "")}`;
  const whole = milliseconds / 1000n;
  const [hours, minutes] = [whole / 3600n, (whole / 60n) % 60n];
  return `${hours > 0n ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60n)}${fraction}`;
}
