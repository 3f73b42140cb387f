using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;

namespace WorkflowStudio.Components.Problems;

/// <summary>
/// What a refusal of the API means: the page at the address that it names as its type. Plain HTML, for whoever opens it.
/// </summary>
public sealed partial class ProblemPage
{
    private static readonly JsonSerializerOptions Indented = new()
    { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private ProblemKind? kind;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Parameter]
    public string Name { get; set; } = "";

    private string Body
    {
        get
        {
            var address = $"{Http.Request.Scheme}://{Http.Request.Host}{ProblemKinds.Address(kind!)}";
            var head = new JsonObject { ["type"] = address, ["title"] = kind!.Title, ["status"] = kind.Status };
            foreach (var (name, value) in JsonNode.Parse($"{{{kind.Example}}}")!.AsObject()) head[name] = value?.DeepClone();
            return head.ToJsonString(Indented);
        }
    }

    protected override void OnInitialized()
    {
        kind = ProblemKinds.Find(Name);
        if (kind is null) Http.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
