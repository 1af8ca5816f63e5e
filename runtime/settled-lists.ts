import { type GraphQLFieldResolver, type GraphQLSchema, getNullableType, isAbstractType, isListType, isObjectType } from 'graphql'
import { HubError } from '../model/error.ts'

/**
 * Prepares a schema for graphql-jit 0.8: in a list where a promise is rejected before an item that is already there, the
 * result gains a trailing null. So every list of promises is settled before it is handed on: a rejection becomes an Error
 * as item, which GraphQL reports at that item.
 * @throws HubError UNSUPPORTED for an asynchronous `resolveType` or `isTypeOf`, which graphql-jit does not await.
 */
export function settleLists(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    if (isAbstractType(type) && isAsync(type.resolveType)) throw asynchronous(type.name)
    if (!isObjectType(type)) continue
    if (isAsync(type.isTypeOf)) throw asynchronous(type.name)
    for (const field of Object.values(type.getFields())) {
      if (field.resolve && isListType(getNullableType(field.type))) field.resolve = settling(field.resolve)
    }
  }
}

type Resolve = GraphQLFieldResolver<unknown, unknown>

function settling(resolve: Resolve): Resolve {
  return (parent, parameters, context, info) => {
    const list = resolve(parent, parameters, context, info)
    return isPromise(list) ? list.then(settle) : settle(list)
  }
}

function settle(list: unknown): unknown {
  if (!Array.isArray(list) || !list.some(isPromise)) return list
  return Promise.all(list.map((item) => (isPromise(item) ? item.then(undefined, asError) : item)))
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new HubError('UNAVAILABLE', '列表项失败', 'a list item failed', { cause: reason })
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

function isAsync(resolver: unknown): boolean {
  return typeof resolver === 'function' && resolver.constructor.name === 'AsyncFunction'
}

function asynchronous(type: string): HubError {
  return new HubError('UNSUPPORTED', `类型解析不得异步：${type}`, `the type resolver of ${type} must not be asynchronous`)
}
