using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Components.People;

/// <summary>Who did what to whose rights, the newest first.</summary>
public sealed partial class AuditLog
{
    private const int PageLength = 50;

    [Inject]
    private ReadAudit Reading { get; set; } = null!;

    protected override TimeSpan? Follows => null;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var lines = await Reading.RunAsync(Session.Caller, Query.Before, PageLength + 1, Closing);
        return lines.Ok ? new Shown([.. lines.Value.Take(PageLength)], lines.Value.Count > PageLength) : lines.Problem;
    }

    /// <summary>What the page shows.</summary>
    public sealed record Shown(IReadOnlyList<AuditLine> Lines, bool AndMore);
}

/// <summary>The place in the log.</summary>
/// <param name="Before">The line below which the page begins; null for the newest.</param>
public sealed record AuditQuery(Guid? Before = null) : IPageQuery<AuditQuery>
{
    public static AuditQuery Of(AddressValues address) => new(address.Id("before"));

    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?> { ["before"] = Before };
}
