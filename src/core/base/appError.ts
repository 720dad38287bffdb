/** Stable codes, so that callers and tests never match on message text. */
export type ErrorCode =
  | "store/not-found"
  | "store/unreadable"
  | "store/not-mlflow"
  | "store/locked"
  | "store/module-missing"
  | "store/unreachable"
  | "store/timeout"
  | "store/unauthorized"
  | "store/forbidden"
  | "store/bad-reply"
  | "store/unsupported"
  | "run/not-found"
  | "model/not-found"
  | "filter/invalid"
  | "artifact/not-found"
  | "artifact/outside-root"
  | "artifact/too-large"
  | "git/unavailable"
  | "file/unreadable"
  | "file/unwritable"
  | "usage";

/** What crosses a thread or a webview boundary in place of an AppError. */
export interface ErrorRecord {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly detail?: string;
}

/**
 * An expected failure, told as a sentence that a user can act on.
 * `message` says what failed and why; `remedy` says what to do; the stack and `cause` go to the log only.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly remedy: string | undefined;

  constructor(code: ErrorCode, message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.remedy = options.remedy;
  }
}

/** Tells by name and code instead of by class, because each bundle carries its own copy of the class. */
export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof Error && error.name === "AppError" && (code === undefined || (error as AppError).code === code);
}

/** One or two sentences for a person: what failed, why, and what to do. */
export function toUserText(error: unknown): string {
  if (isAppError(error)) {
    return error.remedy === undefined ? error.message : `${error.message} ${error.remedy}`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** For a page that shows what failed and why apart from what to do; null where nothing is known that helps. */
export function toFailure(error: unknown): { readonly message: string; readonly remedy: string | null } {
  return isAppError(error) ? { message: error.message, remedy: error.remedy ?? null } : { message: toUserText(error), remedy: null };
}

export function toErrorRecord(error: unknown): ErrorRecord {
  if (isAppError(error)) {
    return {
      code: error.code,
      message: error.message,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      ...(error.cause instanceof Error ? { detail: error.cause.stack ?? error.cause.message } : {}),
    };
  }
  if (error instanceof Error) {
    return { code: error.name, message: error.message, ...(error.stack === undefined ? {} : { detail: error.stack }) };
  }
  return { code: "unknown", message: String(error) };
}

export function fromErrorRecord(record: ErrorRecord): Error {
  if (record.code.includes("/") || record.code === "usage") {
    return new AppError(record.code as ErrorCode, record.message, {
      ...(record.remedy === undefined ? {} : { remedy: record.remedy }),
      ...(record.detail === undefined ? {} : { cause: new Error(record.detail) }),
    });
  }
  const error = new Error(record.message);
  error.name = record.code;
  return error;
}
