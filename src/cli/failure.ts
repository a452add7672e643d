/** Exit codes of the terminal contract. */
export const exitCodes = { done: 0, findings: 1, usage: 2 } as const;

/** Something that the user is told in one line: which file, what is wrong with it, what to do. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly exitCode: number = exitCodes.findings,
  ) {
    super(message);
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What the system says of a file, in words. */
export function fileTrouble(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const words: Readonly<Record<string, string>> = {
    ENOENT: "no such file",
    EACCES: "no permission to read or write it",
    EPERM: "no permission to read or write it",
    EISDIR: "a folder, not a file",
    EEXIST: "a file, not a folder",
    ENOTDIR: "part of its path is a file, not a folder",
    EROFS: "on a disk that can't be written to",
    ENOSPC: "no space left on the disk",
  };
  return (code === undefined ? undefined : words[code]) ?? messageOf(error);
}
