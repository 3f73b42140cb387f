using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage;

/// <summary>When a practice is open. Its calendar knows; what runs and the doctor are told of a workspace asks here.</summary>
public interface IOpenTimes
{
    /// <summary>The times of the week of one environment, in their order; none where it is never open.</summary>
    Task<IReadOnlyList<OpenTime>> OfAsync(Tenant tenant, CancellationToken cancellationToken);
}
