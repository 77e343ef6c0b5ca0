import {getSystemErrorMessage} from 'node:util';
import {messageOf} from '../core/errors.ts';

/** Why a call of the system failed, in its words: `no such file or directory`. */
export function systemReason(error: unknown): string {
	return error instanceof Error && 'syscall' in error && 'errno' in error && typeof error.errno === 'number' ? getSystemErrorMessage(error.errno) : messageOf(error);
}
