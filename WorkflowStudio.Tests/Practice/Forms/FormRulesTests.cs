using System.Text.Json;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Forms;

/// <summary>What a form has to be, and the rule by which a trigger names one.</summary>
public sealed class FormRulesTests
{
    [Fact]
    public void Form_AsItShouldBe_HasNoProblems_AndIsStoredAsItIs()
    {
        var (content, problems) = FormRules.Check(FormsOfPractice.All);
        Assert.Empty(problems);
        Assert.Equal(FormsOfPractice.All, content);
        Assert.Equal(content.Fields, FormJson.Fields(FormJson.Of(content.Fields)));
        Assert.Empty(FormRules.Check(FormContent.Begun).Problems);
    }

    [Fact]
    public void Form_WithAllWrong_IsToldEveryPlace()
    {
        var form = new FormContent
        {
            Name = " ", Title = new string('x', 201), Intro = new string('x', 5_001), Thanks = new string('x', 5_001),
            ClosesAt = DateTimeOffset.MaxValue,
            Fields =
            [
                new() { Key = "A", Label = "" }, new() { Key = "form_id", Label = "x" }, new() { Key = "a", Label = new string('x', 201) },
                new() { Key = "a", Label = "x", Hint = new string('x', 201) }, new() { Key = "", Label = "x", Longest = 0 },
                new() { Key = "b", Label = "x", Longest = 1_001 },
                new() { Key = "c", Label = "x", Type = FormFieldType.Choice, Choices = [" "] },
                new() { Key = "d", Label = "x", Type = FormFieldType.Choice, Choices = ["One", "one"] },
                new() { Key = "e", Label = "x", Type = FormFieldType.Choice, Choices = [new string('x', 201)] },
                new()
                {
                    Key = "f", Label = "x", Type = FormFieldType.Choice,
                    Choices = [.. Enumerable.Range(0, 101).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))],
                },
            ],
        };
        Assert.Equal(
            [
                "name", "title", "intro", "thanks", "closesAt", "fields[0].key", "fields[0].label", "fields[1].key", "fields[2].label",
                "fields[3].hint", "fields[4].key", "fields[4].longest", "fields[5].longest", "fields[6].choices", "fields[7].choices",
                "fields[8].choices", "fields[9].choices", "fields[3].key",
            ],
            FormRules.Check(form).Problems.Select(p => p.Field));
    }

    [Fact]
    public void Form_OfTooManyFields_OrOpenAndEmpty_IsRefused()
    {
        var many = Enumerable.Range(0, 10_000).Select(i => new FormField { Key = $"f{i}", Label = "x" });
        Assert.Equal("A form has at most 40 fields, this one has 10000.",
            Assert.Single(FormRules.Check(new FormContent { Name = "x", Fields = [.. many] }).Problems).Message);
        Assert.Equal("fields", Assert.Single(FormRules.Check(new FormContent { Name = "x", Status = FormStatus.Open }).Problems).Field);
    }

    [Fact]
    public void Text_LosesWhatCannotBeShown_AndFieldsWhatTheirTypesDoNotUse()
    {
        var form = FormRules.Check(new FormContent
        {
            Name = " In\u0007take\n ", Intro = "One\r\nTwo\0", ClosesAt = DateTimeOffset.UnixEpoch.AddYears(60).AddMilliseconds(7),
            Fields = [new() { Key = " a ", Label = "x\t", Type = FormFieldType.Email, Choices = ["One"], Longest = 7 }],
        }).Content;
        Assert.Equal(("Intake", "One\nTwo", 0), (form.Name, form.Intro, form.ClosesAt!.Value.Millisecond));
        Assert.Equal(new FormField { Key = "a", Label = "x", Type = FormFieldType.Email }, form.Fields[0]);
    }

    [Theory]
    [InlineData("How can we help?", "how_can_we_help")]
    [InlineData("Straße & Haus-Nr.", "strasse_haus_nr")]
    [InlineData("2nd choice", "field")]
    [InlineData("名前", "field")]
    [InlineData("", "field")]
    [InlineData("Values", "values_2")]
    [InlineData("Email", "email_3")]
    public void Key_IsMadeOfTheLabel_AndIsFree(string label, string key) =>
        Assert.Equal(key, FormRules.KeyFor(label, ["email", "email_2"]));

    [Fact]
    public void Key_OfAHugeLabel_IsOne() => Assert.Empty(FormRules.Check(new FormContent
    { Name = "x", Fields = [new() { Key = FormRules.KeyFor(new string('x', 10_000), [new string('x', 37)]), Label = "x" }] }).Problems);

    [Theory]
    [InlineData("null")]
    [InlineData("""{"==":[{"var":"data.plan"},"gold"]}""")]
    [InlineData("""{"and":[{"==":[{"var":"data.plan"},"gold"]},{">":[{"var":"data.age"},17]}]}""")]
    public void Rule_TakesAndGivesUpAForm_AndKeepsTheRest(string constraints)
    {
        var (before, form, other) = (JsonElement.Parse(constraints), NewIds.Next(), NewIds.Next());
        Assert.Null(FormRule.Of(before));
        var chosen = FormRule.With(before, form);
        Assert.Equal(form, FormRule.Of(chosen));
        Assert.Empty(StartRule.Read(chosen, out var rule));
        var data = JsonElement.Parse($$"""{"form_id":"{{form}}","plan":"gold","age":18}""");
        Assert.True(rule.Allows(data));
        Assert.Empty(StartRule.Read(FormRule.With(chosen, other), out rule));
        Assert.False(rule.Allows(data));
        var gone = FormRule.With(FormRule.With(chosen, other), null);
        Assert.Null(FormRule.Of(gone));
        Assert.Equal(constraints == "null", gone.ValueKind == JsonValueKind.Undefined);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"==":[]}""")]
    [InlineData("""{"==":[{"var":"data.form_id"},"nobody"]}""")]
    [InlineData("""{"==":[{"var":7},"0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001"]}""")]
    [InlineData("""{"and":7}""")]
    [InlineData("""{"or":[{"==":[{"var":"data.form_id"},"0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001"]}]}""")]
    public void Rule_ThatNamesNoForm_NamesNone(string constraints) => Assert.Null(FormRule.Of(JsonElement.Parse(constraints)));
}
