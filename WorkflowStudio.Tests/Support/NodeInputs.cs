using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Tests.Support;

/// <summary>Inputs for calling a step directly.</summary>
internal static class NodeInputs
{
    public static NodeInput With(string settings) => new()
    {
        Run = new RunFacts(Guid.Empty, Guid.Empty, "Test", new Tenant(Guid.Empty, StudioEnvironment.Test), "UTC"),
        NodeId = "step",
        Settings = JsonElement.Parse(settings),
        Payload = default,
        Upstream = [],
        Attempt = 1,
        EffectKey = "key",
        Now = DateTimeOffset.UnixEpoch,
        Log = (_, _) => { },
    };
}
