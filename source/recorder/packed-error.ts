import {BenchError, type BenchErrorCode} from '../core/errors.ts';
import {NoRowsError} from './no-rows-error.ts';

/** An error as it crosses from one thread to another: a structured clone would forget its class. */
export type PackedError = {
	readonly message: string;
	/** Of a `BenchError`. */
	readonly code?: BenchErrorCode;
	/** Of a `NoRowsError`. */
	readonly file?: {readonly label: string; readonly path: string; readonly isMissing: boolean};
	/** Of anything else: a bug, which shows where it is. */
	readonly stack?: string;
};

export function packError(error: unknown): PackedError {
	if (error instanceof NoRowsError) {
		return {message: error.message, code: error.code, file: {label: error.label, path: error.path, isMissing: error.isMissing}};
	}

	if (error instanceof BenchError) {
		return {message: error.message, code: error.code};
	}

	return error instanceof Error ? {message: error.message, ...(error.stack && {stack: error.stack})} : {message: String(error)};
}

export function unpackError({message, code, file, stack}: PackedError): Error {
	if (file) {
		return new NoRowsError(message, file, {isMissing: file.isMissing});
	}

	return code ? new BenchError(code, message) : new Error(`The recorder's thread failed: ${stack ?? message}`);
}
