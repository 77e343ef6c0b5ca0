/*
The recorder's thread. Started with parts as its data it helps with one analysis; otherwise it stays, and analyses what it
is asked to, one request after the other.
*/
import {parentPort, workerData} from 'node:worker_threads';
import {helperDataOf, serveCrew} from './crew.ts';
import {serveAnalyses} from './serve-analyses.ts';

if (!parentPort) {
	throw new Error('recorder-worker is the main module of a worker thread, not a program.');
}

const helper = helperDataOf(workerData);
if (helper) {
	await serveCrew(helper, parentPort);
} else {
	serveAnalyses(parentPort);
}
