using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Forms;

/// <summary>What people fill in, by the fields of a form.</summary>
public sealed class FormAnswersTests
{
    [Theory]
    [InlineData("first_name", "", "“First name” is missing.")]
    [InlineData("first_name", " \t ", "“First name” is missing.")]
    [InlineData("first_name", "a\0b", "“First name” has characters that cannot be shown. Type it anew.")]
    [InlineData("first_name", "a\nb", "“First name” has characters that cannot be shown. Type it anew.")]
    [InlineData("message", "bell\u0007", "“Message” has characters that cannot be shown. Type it anew.")]
    [InlineData("email", "no", "“E-mail” has to be an address such as maria@example.org.")]
    [InlineData("mobile", "12", "“Phone” has to be a number of 7 to 15 digits, such as +17135550142.")]
    [InlineData("age", "old", "“Age” has to be a number, with at most four decimals.")]
    [InlineData("age", "1e99", "“Age” has to be a number, with at most four decimals.")]
    [InlineData("age", "9999999999999", "“Age” has to be a number, with at most four decimals.")]
    [InlineData("day", "2027-02-30", "“Day” has to be a day.")]
    [InlineData("plan", "Platinum", "“Plan” is one of the choices.")]
    public void Value_ThatCannotBe_IsRefusedInWords(string key, string text, string words)
    {
        var answers = Read(("first_name", "Maria"), (key, text));
        Assert.Equal([(key, words)], answers.Problems.Select(p => (p.Field, p.Message)));
    }

    [Fact]
    public void Text_OfTheMostCharacters_IsTakenAndOneMoreIsNot()
    {
        Assert.Empty(Read(("first_name", string.Concat(Enumerable.Repeat("😀", 200)))).Problems);
        Assert.Equal("“First name” has 201 characters, at most 200 are possible.",
            Assert.Single(Read(("first_name", new string('x', 201))).Problems).Message);
    }

    [Fact]
    public void Answers_ThatAreTooMuchTogether_AreRefused()
    {
        var fields = Enumerable.Range(0, 4)
            .Select(i => new FormField { Key = $"f{i}", Label = "x", Type = FormFieldType.LongText, Longest = 20_000 }).ToList();
        var texts = fields.ToDictionary(f => f.Key, _ => new string('x', 15_001));
        var problem = Assert.Single(FormAnswers.Read(fields, texts).Problems);
        Assert.Equal(("", "All answers together have more than 60,000 characters. Shorten the longest ones."),
            (problem.Field, problem.Message));
    }

    [Fact]
    public void Consent_ThatIsNeeded_HasToBeTicked()
    {
        FormField[] fields = [new() { Key = "ok", Label = "I agree *", Type = FormFieldType.Checkbox, Required = true }];
        Assert.Equal("“I agree” has to be ticked.",
            Assert.Single(FormAnswers.Read(fields, new Dictionary<string, string>()).Problems).Message);
        Assert.Equal("""{"ok":true}""", FormAnswers.Read(fields, new Dictionary<string, string> { ["ok"] = "true" }).Json().GetRawText());
    }

    [Fact]
    public void Nothing_IsNull_AndWhatWasNotAskedForIsLeftOut() => Assert.Equal(
        """{"first_name":"Maria","email":null,"mobile":null,"message":null,"age":null,"day":null,"plan":null,"consent":false}""",
        Read(("first_name", "Maria"), ("form_id", "x"), ("First_Name", "y")).Json().GetRawText());

    [Fact]
    public void Contact_IsWhoCanBeReached()
    {
        Assert.True(Read(("first_name", "Maria")).Contact.IsEmpty);
        Assert.Equal(("Maria", "+17135550142"),
            Read(("first_name", "Maria"), ("mobile", "713-555-0142")).Contact is var c ? (c.FirstName, c.Phone) : default);
    }

    private static FormAnswers Read(params (string Key, string Text)[] sent)
    {
        var texts = new Dictionary<string, string>();
        foreach (var (key, text) in sent) texts[key] = text;
        return FormAnswers.Read(FormsOfPractice.All.Fields, texts);
    }
}
