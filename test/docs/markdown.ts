import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** A page of the documentation, by its path in the repository. */
export type Page = { readonly path: string; readonly text: string }

export function page(path: string): Page {
  return { path, text: readFileSync(join(root, path), 'utf8') }
}

/** Every page: those at the top, and those in `docs`. */
export function allPages(): Page[] {
  const atTop = readdirSync(root).filter((name) => name.endsWith('.md'))
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  const paths = inDocs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)
  return [...atTop, ...paths].map(page)
}

/** What links and pictures point at, as paths in the repository; addresses elsewhere are left out. */
export function linkTargets({ path, text }: Page): string[] {
  const prose = withoutFences(text)
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g), ...prose.matchAll(/src="([^"]+)"/g)]
  return links
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => join(dirname(path), target.replace(/#.*$/, '')))
}

/** Paths of this repository that stand between backticks. */
export function namedPaths({ text }: Page): string[] {
  const named = withoutFences(text).matchAll(/`((?:src|test|scripts|docs|build|\.ci)\/[\w./@-]+)`/g)
  return [...named].map(([, path = '']) => path)
}

export function isThere(path: string): boolean {
  return existsSync(join(root, path))
}

/** The code blocks of one language. */
export function fences({ text }: Page, language: string): string[] {
  const blocks = text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))
  return [...blocks].map(([, content = '']) => content)
}

/** What stands in the typographic quotation marks of a language. */
export function quotations({ text }: Page, language: 'en' | 'de'): string[] {
  const marks = language === 'en' ? /“([^”]+)”/g : /„([^“]+)“/g
  const quoted = [...withoutFences(text).matchAll(marks)].map(([, words = '']) => words)
  return quoted.map((words) => words.replaceAll(/\s+/g, ' '))
}

/** All sources of the product as one text. */
export function sources(): string {
  const names = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => /\.tsx?$/.test(name))
  return files.map((name) => readFileSync(join(root, 'src', name), 'utf8')).join('\n')
}

function withoutFences(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '')
}
