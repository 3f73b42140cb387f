using WorkflowStudio.Components.Shared.Pages;

namespace WorkflowStudio.Components.Home;

/// <summary>The stretch of time that Home shows.</summary>
public sealed record HomeQuery(HomeRange Range) : IPageQuery<HomeQuery>
{
    private static readonly IReadOnlyList<(string, string)> Offered = [.. HomeRange.All.Select(r => (r.Key, r.Title))];

    public static HomeQuery Of(AddressValues address) => new(HomeRange.Of(address.OneOf("range", Offered)));

    public IReadOnlyDictionary<string, object?> ToParameters() =>
        new Dictionary<string, object?> { ["range"] = Range == HomeRange.TwoWeeks ? null : Range.Key };
}
