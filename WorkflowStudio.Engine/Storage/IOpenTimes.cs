using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage;

/// <summary>When a practice is open. Its calendar knows; what runs and the doctor are told of a workspace asks here.</summary>
public interface IOpenTimes
{
    /// <summary>The times of one environment: those of the week in their order, and of single days from a year ago on.</summary>
    Task<OpeningTimes> OfAsync(Tenant tenant, CancellationToken cancellationToken);
}
