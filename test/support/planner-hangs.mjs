// A planner process that never answers about `{hang}`.
process.on('message', (message) => {
  if (message.supergraph) process.send({ ready: true })
  else if (message.document !== '{hang}') process.send({ plan: { kind: 'QueryPlan' } })
})
process.on('disconnect', () => process.exit(0))
