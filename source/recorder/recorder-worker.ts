/*
The recorder's thread. Started with parts as its data it reads them and ends; otherwise it stays, and analyses what it is
asked to, one request after the other.
*/
import {parentPort, workerData} from 'node:worker_threads';
import {parserDataOf, serveParts} from './parse-parts.ts';
import {serveAnalyses} from './serve-analyses.ts';

const parser = parserDataOf(workerData);
if (!parentPort) {
	throw new Error('recorder-worker is the main module of a worker thread, not a program.');
}

const port = parentPort;
if (parser) {
	await serveParts(parser, (message, transfer) => {
		port.postMessage(message, transfer);
	});
} else {
	serveAnalyses(port);
}
