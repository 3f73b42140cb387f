using System.Globalization;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>A number that is no setting of a schema. What is no number, or out of bounds, stays as it was typed and is an error.</summary>
public sealed partial class NumberBox
{
    [CascadingParameter]
    private SettingContext Context { get; set; } = SettingContext.None;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>What the number is, for the error: "Tries".</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>For numbers without a label of their own.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>The number; empty when there is none.</summary>
    [Parameter]
    public string? Text { get; set; }

    [Parameter]
    public bool Whole { get; set; }

    [Parameter]
    public double Min { get; set; } = 1;

    [Parameter]
    public double Max { get; set; } = 1_000_000;

    [Parameter]
    public string? Placeholder { get; set; }

    [Parameter]
    public string? DescribedBy { get; set; }

    /// <summary>A number within the bounds, or null for an empty field.</summary>
    [Parameter]
    public EventCallback<double?> OnNumber { get; set; }

    private Engine.Model.UnreadText? Kept => Context.UnreadAt(Id);

    private async Task Change(ChangeEventArgs args)
    {
        var typed = args.Value?.ToString()?.Trim() ?? "";
        if (!TryRead(typed, Whole, Min, Max, out var number))
        {
            await Context.KeepUnread(Id, typed, string.Create(CultureInfo.InvariantCulture,
                $"{Name} must be a {(Whole ? "whole " : "")}number from {Min} to {Max}, but “{typed}” was found."));
            return;
        }
        Context.TakeUnread(Id);
        await OnNumber.InvokeAsync(number);
    }

    /// <summary>Whether a text is empty or a number within bounds.</summary>
    internal static bool TryRead(string typed, bool whole, double min, double max, out double? number)
    {
        number = null;
        if (typed.Length == 0) return true;
        if (!double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) || (whole && !double.IsInteger(read))
            || read < min || read > max) return false;
        number = read;
        return true;
    }
}
