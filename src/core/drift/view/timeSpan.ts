const DAY = 86_400_000;

/** "2026-11-02 to 2026-11-08", in UTC: days where both ends are midnight, else with the time. @param to is not part of it. */
export function timeSpan(from: number | null, to: number | null): string {
  const inDays = [from, to].every((time) => time === null || time % DAY === 0);
  const first = from === null ? null : textOf(from, inDays);
  const last = to === null ? null : textOf(inDays ? to - DAY : to, inDays);
  if (first === null) {
    return last === null ? "all times" : `until ${last}`;
  }
  return last === null ? `since ${first}` : first === last ? first : `${first} to ${last}`;
}

function textOf(time: number, inDays: boolean): string {
  const text = new Date(time).toISOString();
  return inDays ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}
