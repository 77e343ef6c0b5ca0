import {getSystemErrorMessage} from 'node:util';
import {BenchError, messageOf} from '../core/errors.ts';

const remedies: Readonly<Record<string, string>> = {
	EACCES: 'make it writable for you, or choose another directory with --suite-directory',
	EPERM: 'make it writable for you, or choose another directory with --suite-directory',
	EROFS: 'choose a directory on another file system with --suite-directory',
	ENOSPC: 'make room on that disk, or choose another with --suite-directory',
	EDQUOT: 'make room in your quota, or choose another directory with --suite-directory',
	ENOTDIR: 'a part of that path is a file; choose another directory with --suite-directory',
	EEXIST: 'something of that name is there already; move it away, or choose another directory with --suite-directory',
	ENOENT: 'its directory is gone; do not remove the directory of a run that goes on',
	ENAMETOOLONG: 'choose a shorter path with --suite-directory',
	EMFILE: 'raise the limit of open files (ulimit -n)',
};

/**
What could not be done to which path, why, and what to do, as one sentence.

@param action `make`, `write`, `read`.
@param isBegun Whether there was a directory of a run, which may be gone.
*/
export function directoryError(action: string, path: string, error: unknown, isBegun = true): BenchError {
	const code = errorCode(error) === 'ENOENT' && !isBegun ? undefined : errorCode(error);
	return new BenchError('directory', `Cannot ${action} ${path}: ${reasonOf(error)}; ${remedies[code ?? ''] ?? 'choose another directory with --suite-directory'}.`, {cause: error});
}

/** `ENOENT`; undefined where the error is not the system's. */
export function errorCode(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** `no such file or directory`. */
export function reasonOf(error: unknown): string {
	// Errors of zlib have numbers of their own.
	return error instanceof Error && 'syscall' in error && 'errno' in error && typeof error.errno === 'number' ? getSystemErrorMessage(error.errno) : messageOf(error);
}
