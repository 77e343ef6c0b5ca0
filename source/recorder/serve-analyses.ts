import {type MessagePort} from 'node:worker_threads';
import {analyzeFiles} from './analyze-files.ts';
import {Control, type ControlBuffer} from './control.ts';
import {packError, type PackedError} from './packed-error.ts';
import {type RecorderAnalysis, type RecorderRequest} from './request.ts';
import {warmUp} from './warm-up.ts';

export type AnalysisMessage =
	| {readonly type: 'analyze'; readonly id: number; readonly request: RecorderRequest; readonly control: ControlBuffer}
	| {readonly type: 'warm-up'; readonly folder: string};
export type AnalysisAnswer = {readonly id: number} & ({readonly analysis: RecorderAnalysis} | {readonly error: PackedError});

/** Answers analyses that arrive at a port, in their order. */
export function serveAnalyses(port: MessagePort): void {
	let last = Promise.resolve();
	port.on('message', (message: AnalysisMessage) => {
		last = message.type === 'warm-up' ? warmUp(message.folder) : answerAfter(last, message, port);
	});
}

async function answerAfter(earlier: Promise<void>, {id, request, control}: Extract<AnalysisMessage, {readonly type: 'analyze'}>, port: MessagePort): Promise<void> {
	await earlier;
	try {
		const analysis = await analyzeFiles(request, new Control(control));
		port.postMessage({id, analysis} satisfies AnalysisAnswer);
	} catch (error) {
		port.postMessage({id, error: packError(error)} satisfies AnalysisAnswer);
	}
}
