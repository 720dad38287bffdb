import { AppError } from "../../core/base/appError";
import { quote } from "./serverRefusal";

/** True where a relative path would leave its root on the server, also after a second decoding, or is no such path. */
export function leavesRoot(path: string): boolean {
  const forms = [path, decoded(path)].map((form) => form.replaceAll("\\", "/"));
  return forms.some((form) => form.startsWith("/") || /^[a-z]:\//i.test(form) || form.includes("\0") || form.split("/").includes(".."));
}

/** @throws AppError `artifact/outside-root`, before anything is sent. */
export function assertInsideRoot(path: string): void {
  if (leavesRoot(path)) {
    throw new AppError("artifact/outside-root", `"${quote(path, [])}" is not a path inside the artifact folder.`);
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray % is an ordinary character of a file name.
    return path;
  }
}
