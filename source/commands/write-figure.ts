import fs from 'node:fs/promises';
import path from 'node:path';
import {BenchError} from '../core/errors.ts';
import {isObject} from '../core/json.ts';
import {figureText, type FigureSpec, parseWidth} from '../results/plot/figure-spec.ts';
import {type PlotData} from '../results/plot/plot-data.ts';
import {tidyCsv} from '../results/plot/tidy-csv.ts';
import {writeOutput} from './write-output.ts';

type Place = {
	/** Absolute; it ends in .pdf, .svg or .json. */
	readonly output: string;
	/** What the paths of the spec are relative to. */
	readonly folder: string;
	/** In points. */
	readonly width: number;
};

/**
Writes a figure, its data as CSV, and the spec that draws it again, side by side.

@returns The files, absolute.
@throws BenchError `usage` naming the file that cannot be written.
*/
export async function writeFigure(data: PlotData, spec: FigureSpec, {output, folder, width}: Place): Promise<readonly string[]> {
	const beside = (ending: string) => output.slice(0, output.lastIndexOf('.')) + ending;
	const target = path.dirname(output);
	const isSpecAlone = output.endsWith('.json');
	const moved = spec.runs.map(run => run.includes('/') || run.includes('.csv') ? path.relative(target, path.resolve(folder, run)) || '.' : run);
	const suiteDirectory = spec.suiteDirectory === undefined ? undefined : path.relative(target, path.resolve(folder, spec.suiteDirectory)) || '.';
	await refuseForeign(beside('.csv'), beside('.json'));
	const {output: _output, suiteDirectory: _suiteDirectory, ...rest} = spec;
	const saved: FigureSpec = {...rest, runs: moved, ...(suiteDirectory !== undefined && {suiteDirectory}), ...(!isSpecAlone && {output: path.basename(output)})};
	if (!isSpecAlone) {
		const {renderSvg} = await import('../results/plot/render-svg.ts');
		const svg = await renderSvg(data, width);
		if (output.endsWith('.pdf')) {
			const {renderPdf} = await import('../results/plot/render-pdf.ts');
			await writeOutput(output, await renderPdf(svg));
		} else {
			await writeOutput(output, svg);
		}
	}

	await writeOutput(beside('.csv'), tidyCsv(data));
	await writeOutput(beside('.json'), figureText(saved));
	return [...(isSpecAlone ? [] : [output]), beside('.csv'), beside('.json')];
}

/*
What lies beside a figure has its name: `-o results.svg` in a suite directory would write over the results. A CSV is a figure's
own where the spec beside it is one.
*/
async function refuseForeign(csv: string, json: string): Promise<void> {
	const spec = await fs.readFile(json, 'utf8').catch(() => undefined);
	const taken = spec === undefined ? (await fs.stat(csv).catch(() => undefined)) && csv : (isFigure(spec) ? undefined : json);
	if (taken !== undefined) {
		throw new BenchError('usage', `${path.relative(process.cwd(), taken)} is there and no part of a figure, which would take its place; give the figure another name.`);
	}
}

function isFigure(text: string): boolean {
	try {
		const spec: unknown = JSON.parse(text);
		return isObject(spec) && spec['benchdeck'] === 'figure';
	} catch {
		return false;
	}
}

/**
Writes a figure where a person works, for the browser.

@returns The files, relative.
@throws BenchError `usage` naming the file that cannot be written.
*/
export async function writeFigureHere(data: PlotData, spec: FigureSpec): Promise<readonly string[]> {
	const {output = ''} = spec;
	if (!/\.(?:pdf|svg)$/.test(output)) {
		throw new BenchError('usage', `A figure is a file that ends in .pdf or .svg, not "${output}".`);
	}

	const folder = process.cwd();
	const written = await writeFigure(data, spec, {output: path.resolve(output), folder, width: parseWidth(spec.width)});
	return written.map(file => path.relative(folder, file));
}
