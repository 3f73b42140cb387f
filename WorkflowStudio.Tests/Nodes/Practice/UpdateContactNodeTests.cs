using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Practice;

public sealed class UpdateContactNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Theory]
    [InlineData("""{"email":"new@example.test"}""", "Maria Lopez", "new@example.test", "+17135550142")]
    [InlineData("""{"name":"Ana Maria Ruiz","phone":"713 555 0199"}""", "Ana Maria Ruiz", "maria.lopez@example.test", "+17135550199")]
    [InlineData("""{"firstName":"Ana","email":"","phone":null}""", "Ana Lopez", "maria.lopez@example.test", "+17135550142")]
    public async Task Update_ChangesWhatIsGiven(string fields, string name, string email, string phone)
    {
        var output = await Call($$"""{"fields":{{fields}}}""").OutputAsync();
        var contact = (await practice.Contacts.FindAsync(practice.Tenant, output.GetProperty("contact_id").GetGuid(), default))!;

        Assert.Equal((name, email, phone), (contact.Name, contact.Email, contact.Phone));
    }

    [Fact]
    public async Task Update_OfAFieldThatAContactHasNot_HandsItOnAndSaysSo()
    {
        var call = Call("""{"fields":{"documents":"received"}}""");
        var output = await call.OutputAsync();

        Assert.Equal("received", output.GetProperty("fields").GetProperty("documents").GetString());
        Assert.Contains("Warning: A contact has no field documents: later steps find it in this step's output.", call.Log);
    }

    [Theory]
    [InlineData("""{"fields":{"email":"nobody"}}""", "contact_field")]
    [InlineData("""{"fields":{"phone":"12"}}""", "contact_field")]
    [InlineData("""{"fields":[1]}""", "wrong_setting")]
    [InlineData("{}", "wrong_setting")]
    public async Task Update_OfWhatCannotBe_Fails(string settings, string code) =>
        Assert.Equal(code, Assert.IsType<NodeOutcome.Failed>(await Call(settings).RunAsync()).Code);

    private NodeCall Call(string settings) => new(practice, new UpdateContactNode(
        practice.Contacts, new ContactBook(practice.Writer, practice.Ids, practice.Clock, practice.Events, [])), settings);
}
