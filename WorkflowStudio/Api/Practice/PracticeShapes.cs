using System.Text.Json.Nodes;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.OpenApi;

namespace WorkflowStudio.Api.Practice;

/// <summary>The shapes that all of the interface to practice data is described with.</summary>
internal static class PracticeShapes
{
    /// <summary>How a list is cut into pages.</summary>
    public static IEnumerable<DescribedParameter> Paged() =>
    [
        new("page", Shape.Whole("Page number.", 1).Preset(1)),
        new("limit", Shape.Whole($"Items per page; more than {PageOf.Most} is cut to it.", 1).Preset(20)),
    ];

    /// <summary>A page of things of a shape.</summary>
    public static JsonObject Page(string shape) => Shape.Told("",
        ("data", Shape.List(Shape.Ref(shape), "The page.")), ("pagination", Shape.Ref("Pagination")));

    /// <summary>One thing of a shape.</summary>
    public static JsonObject One(string shape) => Shape.Told("", ("data", Shape.Ref(shape)));

    /// <summary>A day.</summary>
    public static JsonObject Day(string words) => Shape.Text(words, pattern: "^\\d{4}-\\d{2}-\\d{2}$");
}
