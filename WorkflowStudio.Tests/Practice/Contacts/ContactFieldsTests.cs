using System.Text.Json;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Tests.Practice.Contacts;

public sealed class ContactFieldsTests
{
    [Theory]
    [InlineData("""{"first_name":" Maria ","last_name":"Lopez","email":"M@Example.test","phone":"713-555-0142"}""",
        "Maria|Lopez|m@example.test|+17135550142")]
    [InlineData("""{"contact":{"first_name":"Maria","phone":17135550142}}""", "Maria|||+17135550142")]
    [InlineData("""{"email":"a@b.c","contact":{"first_name":"Maria","email":"other@b.c"}}""", "Maria||a@b.c|")]
    [InlineData("""{"first_name":"Ana","contact":{"first_name":"Maria","last_name":"Lopez"}}""", "Ana|||")]
    [InlineData("""{"name":"Maria del Carmen"}""", "Maria|del Carmen||")]
    [InlineData("""{"first_name":" ","last_name":"","name":"Maria Lopez"}""", "Maria|Lopez||")]
    [InlineData("""{"firstName":"Maria","lastName":"Lopez","first_name":null}""", "Maria|Lopez||")]
    [InlineData("""{"first_name":"Ma\u0000ria\u0007"}""", "Maria|||")]
    [InlineData("""{"first_name":null,"email":["x"],"phone":{}}""", "|||")]
    [InlineData("""{"contact":"Maria"}""", "|||")]
    [InlineData("\"Maria\"", "|||")]
    public void FromPayload_BothForms_AreRead(string payload, string expected)
    {
        var fields = ContactFields.FromPayload(JsonElement.Parse(payload));

        Assert.Equal(expected, $"{fields.FirstName}|{fields.LastName}|{fields.Email}|{fields.Phone}");
    }

    [Fact]
    public void Of_LongName_IsCut() => Assert.Equal(200, ContactFields.Of(new string('x', 500), null, null, null).FirstName!.Length);
}
