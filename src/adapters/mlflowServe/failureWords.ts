import { oneLine } from "../../core/base/oneLine";
import { withoutLogin } from "../../core/base/withoutLogin";
import { readLogTail } from "../node/jobs/jobLog";

const TAIL_BYTES = 16_384;
/** The last line of a trace of Python, or one of the server's own. */
const COMPLAINT = /^(?:ERROR:\s+|(?:[A-Za-z_][\w.]*\.)?[A-Z]\w*(?:Error|Exception|Interrupt)\b:?\s*|.*No module named\s)/;
/** MLflow tells at the end that what it had started failed, which says nothing. */
const EMPTY = /returned non zero return code|^ERROR:\s+(?:Traceback|Exception in ASGI)/;

/** What a log says last of a failure, in one line and without logins; null where it says nothing. */
export async function failureWords(log: string): Promise<string | null> {
  const lines = (await readLogTail(log, TAIL_BYTES)).split(/\r?\n/).map((line) => line.trim());
  const said = lines.findLast((line) => COMPLAINT.test(line) && !EMPTY.test(line)) ?? lines.findLast((line) => line !== "");
  return said === undefined
    ? null
    : oneLine(
        said
          .split(" ")
          .map(withoutLogin)
          .join(" ")
          .replace(/^ERROR:\s+/, ""),
        300,
      );
}
