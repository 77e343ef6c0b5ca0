import {analyzeRecorder, type RecorderAnalysis, type RecorderRequest} from '../recorder/analyze-recorder.ts';
import {spoolPipes} from './spool-pipes.ts';

/** Analyses with what a person at a terminal expects: pipes are files, Ctrl-C ends it, and a long one says how far it is. */
export async function analyzeForPerson(request: RecorderRequest): Promise<RecorderAnalysis> {
	const interrupt = new AbortController();
	const stop = () => {
		interrupt.abort();
	};

	const isShown = process.stderr.isTTY;
	let written = '';
	const show = (text: string) => {
		process.stderr.write(`\r${text.padEnd(written.length)}`);
		written = text;
	};

	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	try {
		const {files, remove} = await spoolPipes(request.files, interrupt.signal);
		try {
			return await analyzeRecorder({...request, files}, {
				signal: interrupt.signal,
				...(isShown && {onProgress(bytes: number, total: number) {
					show(bytes < total ? `Reading: ${Math.floor(bytes / total * 100)} %` : 'Working out the figures');
				}}),
			});
		} finally {
			await remove();
		}
	} finally {
		process.off('SIGINT', stop);
		process.off('SIGTERM', stop);
		if (written !== '') {
			show('');
			process.stderr.write('\r');
		}
	}
}
