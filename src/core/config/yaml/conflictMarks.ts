import type { ConfigProblem } from "../configFile";

/** What git writes at the start of a line: ours begins, the common ancestor (diff3) begins, theirs begins, the end. */
type Mark = "<" | "|" | "=" | ">";

interface Line {
  readonly start: number;
  /** After the line's end, where the next begins. */
  readonly end: number;
  readonly mark: Mark | undefined;
}

/**
 * Finds what git leaves of a conflict and takes it out, without moving anything, so that the rest of the file can be read: the first
 * side stays, all else becomes spaces. Goes over the lines once, because a regular expression over marks that do not end takes hours.
 */
export function takeOutConflicts(text: string): { readonly text: string; readonly problems: readonly ConfigProblem[] } {
  if (!/^(?:<{7}|>{7})/m.test(text)) {
    return { text, problems: [] };
  }
  const problems: ConfigProblem[] = [];
  const kept: string[] = [];
  let open: Line[] = [];
  let at = 0;
  /** What is not part of a whole conflict stays, but for its marks. "=======" alone may underline a title. */
  const giveUp = (lines: readonly Line[]) => {
    for (const { start, end, mark } of lines) {
      if (mark !== undefined && mark !== "=") {
        kept.push(text.slice(at, start), blank(text.slice(start, end)));
        problems.push(loneMark(text, start, end));
        at = end;
      }
    }
  };
  for (const line of marksOf(text)) {
    if (line.mark === "<") {
      giveUp(open);
      open = [line];
    } else if (open.length === 0) {
      giveUp([line]);
    } else {
      open.push(line);
      const [first, second] = open;
      const theirs = open.find(({ mark }) => mark === "=");
      if (line.mark === ">") {
        if (first === undefined || second === undefined || theirs === undefined) {
          giveUp(open);
        } else {
          kept.push(text.slice(at, first.start), blank(text.slice(first.start, first.end)));
          kept.push(text.slice(first.end, second.start), blank(text.slice(second.start, line.end)));
          at = line.end;
          problems.push(wholeConflict(text, first, second, theirs, line));
        }
        open = [];
      }
    }
  }
  giveUp(open);
  return { text: kept.join("") + text.slice(at), problems };
}

function* marksOf(text: string): Generator<Line> {
  for (const found of text.matchAll(/^(?:<{7}|>{7}|\|{7}|={7})(?=[ \r\n]|$)/gm)) {
    const next = text.indexOf("\n", found.index);
    yield { start: found.index, end: next === -1 ? text.length : next + 1, mark: found[0][0] as Mark };
  }
}

function wholeConflict(text: string, first: Line, second: Line, theirs: Line, last: Line): ConfigProblem {
  const range = { start: first.start, end: last.end };
  const keep = (title: string, start: number, end: number) => ({ title, edits: [{ range, text: text.slice(start, end) }], safe: false });
  return {
    range: lineRange(text, first.start, first.end),
    message: "A merge conflict is left here: two versions of these lines stand one after the other.",
    fixes: [keep("Keep the first version", first.end, second.start), keep("Keep the second version", theirs.end, last.start)],
    noFix: null,
  };
}

function loneMark(text: string, start: number, end: number): ConfigProblem {
  return {
    range: lineRange(text, start, end),
    message: "A mark of a merge conflict is left here.",
    fixes: [],
    noFix: "The other marks of the conflict are missing, so only the author can know which lines belong to it.",
  };
}

function lineRange(text: string, start: number, end: number) {
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}
