import {createRequire} from 'node:module';

/** The file of the font that figures are set in. */
export function fontFile(): string {
	return createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
}

/** How wide a text is in that font, in points. */
export type TextWidth = (text: string, size: number) => number;

/** Reads the font. */
export async function textWidths(): Promise<TextWidth> {
	const {default: PdfDocument} = await import('pdfkit');
	const document = new PdfDocument({font: fontFile()});
	return (text, size) => document.fontSize(size).widthOfString(text);
}
