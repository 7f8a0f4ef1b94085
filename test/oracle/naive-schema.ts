/** The schema that somebody knows to whom this is hidden: cut out of the text of the whole one. */
import { buildASTSchema, parse, printSchema, visit, type DocumentNode, type GraphQLSchema } from "graphql";

const texts = new WeakMap<GraphQLSchema, DocumentNode>();

export function cutSchema(schema: GraphQLSchema, isHidden: (coordinate: string) => boolean): GraphQLSchema {
  const text = texts.get(schema) ?? parse(printSchema(schema), { noLocation: true });
  texts.set(schema, text);
  let type = "";
  let field = "";
  // Returning null leaves the node out with all that is in it.
  const gone = (coordinate: string): null | undefined => (isHidden(coordinate) ? null : undefined);
  const composite = (node: { readonly name: { readonly value: string } }): null | undefined => {
    type = node.name.value;
    return gone(type);
  };
  return buildASTSchema(
    visit(text, {
      NamedType: ({ name }, _key, parent) => (Array.isArray(parent) ? gone(name.value) : undefined),
      ObjectTypeDefinition: { enter: composite },
      InterfaceTypeDefinition: { enter: composite },
      UnionTypeDefinition: { enter: composite },
      InputObjectTypeDefinition: { enter: composite },
      EnumTypeDefinition: { enter: composite },
      ScalarTypeDefinition: { enter: composite },
      EnumValueDefinition: { enter: ({ name }) => gone(`${type}.${name.value}`) },
      FieldDefinition: {
        enter: ({ name }) => {
          field = `${type}.${name.value}`;
          return gone(field);
        },
        leave: () => {
          field = "";
        },
      },
      // Arguments and input fields are one thing to the grammar.
      InputValueDefinition: {
        enter: ({ name }) => gone(field === "" ? `${type}.${name.value}` : `${field}(${name.value}:)`),
      },
    }),
    { assumeValidSDL: true },
  );
}
