using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>The ids of this dialect's addresses.</summary>
internal static class GraphIds
{
    /// <summary>The id in the path. One that cannot be read is as unknown as any other.</summary>
    public static Guid Id(this ApiCall call) => ShownId.TryRead(call.Route("id"), out var id) ? id : Guid.Empty;
}
