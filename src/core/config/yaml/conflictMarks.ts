import type { ConfigProblem } from "../configFile";

/** Ours, an optional common ancestor (diff3), theirs. The marks of git are seven characters at the start of a line. */
const CONFLICT = /^<{7}(?: .*)?\n([\s\S]*?)(?:^\|{7}(?: .*)?\n[\s\S]*?)?^={7}\r?\n([\s\S]*?)^>{7}(?: .*)?(?:\n|$)/gm;
const LONE_MARK = /^(?:<{7}|>{7}|\|{7})(?: .*)?$/gm;

/**
 * Finds what git leaves of a conflict and takes it out, without moving anything, so that the rest of the file can be read: the first
 * side stays, all else becomes spaces.
 */
export function takeOutConflicts(text: string): { readonly text: string; readonly problems: readonly ConfigProblem[] } {
  if (!/^(?:<{7}|>{7})/m.test(text)) {
    return { text, problems: [] };
  }
  const problems: ConfigProblem[] = [];
  let rest = text.replace(CONFLICT, (whole: string, ours: string, theirs: string, at: number) => {
    const end = at + whole.length;
    const firstLine = whole.search(/\r?\n/);
    const range = { start: at, end };
    problems.push({
      range: { start: at, end: firstLine === -1 ? end : at + firstLine },
      message: "A merge conflict is left here: two versions of these lines stand one after the other.",
      fixes: [
        { title: "Keep the first version", edits: [{ range, text: ours }], safe: false },
        { title: "Keep the second version", edits: [{ range, text: theirs }], safe: false },
      ],
      noFix: null,
    });
    const from = whole.indexOf("\n") + 1;
    return blank(whole.slice(0, from)) + ours + blank(whole.slice(from + ours.length));
  });
  rest = rest.replace(LONE_MARK, (mark: string, at: number) => {
    problems.push({
      range: { start: at, end: at + mark.length },
      message: "A mark of a merge conflict is left here.",
      fixes: [],
      noFix: "The other marks of the conflict are missing, so only the author can know which lines belong to it.",
    });
    return blank(mark);
  });
  return { text: rest, problems };
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}
