using WorkflowStudio.Engine.Connectors.Http;

namespace WorkflowStudio.Tests.Connectors.Http;

public sealed class HttpCallTests
{
    [Theory]
    [InlineData("https://dana:s3cret@api.example.com/v1/leads?key=abc", "POST https://api.example.com/v1/leads")]
    [InlineData("http://api.example.com:8080/a%20b#c", "POST http://api.example.com:8080/a%20b")]
    public void Call_AsItIsShown_HoldsNoNameNoPasswordAndNoQuery(string url, string shown) =>
        Assert.Equal(
            shown, new HttpCall("POST", new Uri(url), new Dictionary<string, string>(), null, null, TimeSpan.FromSeconds(1)).ToString());
}
