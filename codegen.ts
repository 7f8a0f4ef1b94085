/** Types for documents written against the schema: test documents now, the console's later. */
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "schema/schema.graphql",
  // The endings that Node and the compiler read here.
  importExtension: ".ts",
  emitLegacyCommonJSImports: false,
  documents: ["test/**/*.documents.ts"],
  generates: {
    "test/generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: { DateTime: "string", Date: "string", TimeZone: "string", Coordinate: "string", SafeInt: "number" },
      },
    },
  },
};

export default config;
