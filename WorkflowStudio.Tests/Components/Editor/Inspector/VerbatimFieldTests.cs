using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WorkflowStudio.Components.Editor.Inspector.Fields;
using WorkflowStudio.Components.Editor.Values;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Tests.Components.Editor.Inspector;

/// <summary>A program has braces of its own: none of them is offered, shown or read as an expression.</summary>
public sealed class VerbatimFieldTests : BunitContext
{
    public VerbatimFieldTests() => Services.AddSingleton<TimeProvider>(new FakeTimeProvider(DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "expr-mirror expr-insert expr-list")]
    public void Braces_InAText_AreExpressionsUnlessItIsTakenAsItIsWritten(bool verbatim, string shown)
    {
        var value = JsonElement.Parse("{}");
        var form = Render<SettingsFields>(f => f
            .AddCascadingValue(new SettingContext
            { StepId = "s", Values = [new KnownValue("$initialPayload.first_name", "The first name", "text", "bolt", default)] })
            .Add(p => p.Schema, new NodeSchema(
                [new SchemaField { Name = "program", Title = "Program", Kind = FieldKind.Text, Verbatim = verbatim }]))
            .Add(p => p.Value, value)
            .Add(p => p.ValueChanged, changed => value = changed));

        form.Find("[data-setting=program] textarea").Input("return {{ $init");

        Assert.Equal(shown.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            new[] { "expr-mirror", "expr-insert", "expr-list" }.Where(c => form.FindAll("." + c).Count > 0));
        form.Find("[data-setting=program] textarea").Change("return {{ $init");
        Assert.Equal("return {{ $init", value.GetProperty("program").GetString());
    }
}
