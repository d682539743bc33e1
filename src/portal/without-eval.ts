/**
 * SECURITY: zod would find out by trying whether it may compile code, which the content security policy
 * refuses and reports. Import this before anything that imports zod.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
