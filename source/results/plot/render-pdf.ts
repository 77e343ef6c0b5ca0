import {Buffer} from 'node:buffer';
import {fontFile} from './figure-font.ts';

/**
An SVG of `renderSvg` as a PDF of its size, with the TrueType font embedded: publishers refuse what is not.
*/
export async function renderPdf(svg: string): Promise<Uint8Array> {
	const [{default: PdfDocument}, {default: svgToPdf}] = await Promise.all([import('pdfkit'), import('svg-to-pdfkit')]);
	const [width, height] = ['width', 'height'].map(name => Number(new RegExp(String.raw`<svg [^>]*?\b${name}="([\d.]+)pt"`).exec(svg)?.[1]));
	const font = fontFile();
	const document = new PdfDocument({size: [width!, height!], margin: 0, font, info: {Producer: 'benchdeck', Creator: 'benchdeck'}});
	const chunks: Buffer[] = [];
	document.on('data', (chunk: Buffer) => {
		chunks.push(chunk);
	});
	const {promise, resolve, reject} = Promise.withResolvers<undefined>();
	document.on('end', () => {
		resolve(undefined);
	});
	document.on('error', reject);
	// Its numbers are points already; with a unit they would be converted once more.
	svgToPdf(document, svg.replace(/^<svg [^>]*>/, head => head.replaceAll('pt"', '"')), 0, 0, {assumePt: true, fontCallback: () => font});
	document.end();
	await promise;
	return Buffer.concat(chunks);
}
