using Microsoft.AspNetCore.Components;
using WorkflowStudio.Engine.Practice.Forms;

namespace WorkflowStudio.Components.Practice.Forms;

/// <summary>What a form shows, on its page and in the preview beside its editor.</summary>
public sealed partial class FormSheet
{
    /// <summary>Whose form it is.</summary>
    [Parameter, EditorRequired]
    public string Practice { get; set; } = "";

    [Parameter, EditorRequired]
    public FormContent Content { get; set; } = null!;

    /// <summary>Whether it stands beside the editor, on a page with a heading of its own.</summary>
    [Parameter]
    public bool IsPreview { get; set; }

    /// <summary>What stands in the fields, by their keys.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string> Texts { get; set; } = new Dictionary<string, string>();

    /// <summary>What is wrong with fields, by their keys.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string> Problems { get; set; } = new Dictionary<string, string>();

    [Parameter]
    public RenderFragment? Before { get; set; }

    [Parameter]
    public RenderFragment? After { get; set; }

    /// <summary>What stands in the place of the fields; null for them.</summary>
    [Parameter]
    public RenderFragment? Instead { get; set; }
}
